/**
 * What is in a table that nobody has described yet: how it is written, what its columns are, what
 * looks wrong.
 *
 * <p>Comes in: a file. Goes out: {@link io.tandem.data.profile.TableProfile}, and a configuration
 * to start from. Must not know: networks, runs.
 */
@NullMarked
package io.tandem.data.profile;

import org.jspecify.annotations.NullMarked;
