/** Measurements that {@code tools/bench/run.sh} starts; no part of the tests. */
@NullMarked
package io.tandem.bench;

import org.jspecify.annotations.NullMarked;
