/** Checks of the pages in {@code src/site}, of the README and of the site made of them. */
@org.jspecify.annotations.NullMarked
package io.tandem.documentation;
