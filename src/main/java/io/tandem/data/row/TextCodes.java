package io.tandem.data.row;

import java.util.Arrays;

/**
 * Numbers of different texts, from 0 in the order in which they come. Finds the number of a text
 * from its characters, because to make a String of every cell of a table takes longer than all else
 * that is done with it.
 */
public final class TextCodes {
  private static final int FIRST = 1 << 6;
  private static final int SPREAD = 0x9e3779b9;

  /** One more than the number of the text in each place; 0 where there is none. */
  private int[] slots = new int[2 * FIRST];

  private int[] hashes = new int[FIRST];
  private int[] ends = new int[FIRST];
  private char[] chars = new char[8 * FIRST];
  private int size;

  /** Number of different texts. */
  public int size() {
    return size;
  }

  /**
   * The number of a text, a new one if it has none.
   *
   * @param text holds its characters
   * @param start first of them
   * @param end one after the last
   */
  public int code(char[] text, int start, int end) {
    int hash = end - start;
    for (int place = start; place < end; place++) {
      hash = 31 * hash + text[place];
    }
    int mask = slots.length - 1;
    int slot = slot(hash, mask);
    while (slots[slot] != 0) {
      int code = slots[slot] - 1;
      if (hashes[code] == hash && isEqual(code, text, start, end)) {
        return code;
      }
      slot = slot + 1 & mask;
    }
    return add(hash, text, start, end);
  }

  /** The same of a text of its own. */
  public int code(String text) {
    return code(text.toCharArray(), 0, text.length());
  }

  /** The text of a number. */
  public String text(int code) {
    int start = start(code);
    return new String(chars, start, ends[code] - start);
  }

  private boolean isEqual(int code, char[] text, int start, int end) {
    int begin = start(code);
    if (ends[code] - begin != end - start) {
      return false;
    }
    int shift = begin - start;
    for (int place = start; place < end; place++) {
      if (chars[place + shift] != text[place]) {
        return false;
      }
    }
    return true;
  }

  private int add(int hash, char[] text, int start, int end) {
    if (size == hashes.length) {
      grow();
    }
    int length = end - start;
    int used = size == 0 ? 0 : ends[size - 1];
    if (chars.length - used < length) {
      chars = Arrays.copyOf(chars, Math.max(Math.addExact(used, length), used + (used >> 1)));
    }
    System.arraycopy(text, start, chars, used, length);
    ends[size] = used + length;
    hashes[size] = hash;
    put(size);
    return size++;
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, 2 * size);
    ends = Arrays.copyOf(ends, 2 * size);
    slots = new int[4 * size];
    for (int code = 0; code < size; code++) {
      put(code);
    }
  }

  private void put(int code) {
    int mask = slots.length - 1;
    int slot = slot(hashes[code], mask);
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = code + 1;
  }

  /** Where to look first: all bits of the hash count. */
  private static int slot(int hash, int mask) {
    int spread = hash * SPREAD;
    return (spread ^ spread >>> 16) & mask;
  }

  private int start(int code) {
    return code == 0 ? 0 : ends[code - 1];
  }
}
