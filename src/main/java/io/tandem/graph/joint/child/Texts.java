package io.tandem.graph.joint.child;

/**
 * Texts and how a search reads them.
 *
 * @param training tokens of the training part
 * @param validation tokens of the validation part
 * @param vocabulary number of different words
 * @param length words of a window
 * @param streams windows that are trained on at once, at most
 */
public record Texts(int[] training, int[] validation, int vocabulary, int length, int streams) {}
