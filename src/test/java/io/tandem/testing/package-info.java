/** What several tests need: graphs on the fly, central differences, reference files. */
@NullMarked
package io.tandem.testing;

import org.jspecify.annotations.NullMarked;
