package io.tandem.report.chart;

/** The font of all pictures. */
public final class Typeface {
  /** Families as SVG lists them: which one is used depends on the viewer's machine. */
  public static final String FAMILY =
      "Inter, 'Helvetica Neue', Arial, 'DejaVu Sans', 'Liberation Sans', sans-serif";

  private Typeface() {}
}
