package io.tandem.data.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Texts are numbered in the order in which they come, as a list of them would do it. */
class TextCodesTest {
  @Property(tries = 200)
  void code_anyTexts_placesInTheListOfDifferentOnes(
      @ForAll @Size(max = 200) List<@StringLength(max = 3) String> texts) {
    TextCodes codes = new TextCodes();
    List<String> different = new ArrayList<>();
    for (String text : texts) {
      if (!different.contains(text)) {
        different.add(text);
      }
      char[] within = ("<" + text + ">").toCharArray();
      assertThat(codes.code(within, 1, within.length - 1)).isEqualTo(different.indexOf(text));
    }
    assertThat(codes.size()).isEqualTo(different.size());
    for (int code = 0; code < different.size(); code++) {
      assertThat(codes.text(code)).isEqualTo(different.get(code));
    }
  }

  @Example
  void code_manyTextsWithOneHash_differ() {
    // "Aa" and "BB" have one hash, so that all 4096 texts of twelve such pairs do.
    TextCodes codes = new TextCodes();
    for (int pass = 0; pass < 2; pass++) {
      for (int number = 0; number < 1 << 12; number++) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 12; bit++) {
          text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        assertThat(codes.code(text.toString())).isEqualTo(number);
      }
    }
  }
}
