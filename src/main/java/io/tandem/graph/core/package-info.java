/**
 * Small operations that every graph is built with.
 *
 * <p>Comes in and goes out: operands. Must not know: anything else of the program.
 */
@NullMarked
package io.tandem.graph.core;

import org.jspecify.annotations.NullMarked;
