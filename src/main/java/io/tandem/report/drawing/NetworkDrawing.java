package io.tandem.report.drawing;

/** The part of a drawing that shows the network. */
interface NetworkDrawing {
  /** Of the whole, pixels. */
  double width();

  /** Of the whole, pixels. */
  double height();

  /** Draws it with its top left corner at the origin. */
  void draw(Canvas canvas);
}
