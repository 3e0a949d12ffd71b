/**
 * The outer loops that search a space within a budget.
 *
 * <p>Comes in: settings, data and the graph's handles. Goes out: the found candidate and a journal.
 * Must not know: configuration files, the command line.
 */
@NullMarked
package io.tandem.search;

import org.jspecify.annotations.NullMarked;
