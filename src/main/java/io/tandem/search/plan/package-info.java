/**
 * The plan of a search: its settings, the rows that it feeds, its rungs, and what all of it costs
 * in examples and in time.
 *
 * <p>Comes in: settings and the sizes of the data. Goes out: numbers of candidates and lengths of
 * trainings. Must not know: graphs, how candidates come about.
 */
@NullMarked
package io.tandem.search.plan;

import org.jspecify.annotations.NullMarked;
