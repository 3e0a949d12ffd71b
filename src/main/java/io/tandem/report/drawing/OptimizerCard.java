package io.tandem.report.drawing;

import io.tandem.report.Significant;
import io.tandem.space.OptimizerSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of a drawing that says how the network is trained.
 *
 * @param lines what is written, name to value
 */
record OptimizerCard(Map<String, String> lines) {
  static final double WIDTH = 236;
  private static final double LINE = 24;
  private static final double HEAD = 46;
  private static final double INDENT = 18;

  static OptimizerCard of(OptimizerSettings optimizer) {
    Map<String, String> card = new LinkedHashMap<>();
    card.put("family", SvgText.words(optimizer.family()));
    card.put("schedule", SvgText.words(optimizer.schedule()));
    optimizer
        .told()
        .forEach(each -> card.put(SvgText.words(each), Significant.text(optimizer.get(each))));
    optimizer.batch().ifPresent(own -> card.put("batch", own.toString()));
    return new OptimizerCard(card);
  }

  double height() {
    return HEAD + LINE * lines.size() + LINE / 2;
  }

  void draw(Canvas canvas, double x, double y) {
    Canvas.Face name = new Canvas.Face(13, "400", Canvas.MUTED);
    Canvas.Face value = new Canvas.Face(13, "600", Canvas.INK);
    canvas.rectangle(x, y, WIDTH, height(), Canvas.Paint.CARD);
    canvas.text(
        x + INDENT,
        y + 28,
        new Canvas.Face(15, "600", Canvas.INK),
        Canvas.Anchor.START,
        "trained by");
    double line = y + HEAD + LINE / 2;
    for (Map.Entry<String, String> entry : lines.entrySet()) {
      canvas.text(x + INDENT, line, name, Canvas.Anchor.START, entry.getKey());
      canvas.text(x + WIDTH - INDENT, line, value, Canvas.Anchor.END, entry.getValue());
      line += LINE;
    }
  }
}
