/** One contract for all implementations of a seam. */
@NullMarked
package io.tandem.contract;

import org.jspecify.annotations.NullMarked;
