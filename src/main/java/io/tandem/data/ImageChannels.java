package io.tandem.data;

/** What becomes of the colours of image files. */
public enum ImageChannels {
  /** Grey files give one channel and coloured ones three; a set holds one kind only. */
  AS_STORED,
  /** One channel: colours become their luma (ITU-R BT.601). */
  GREY,
  /** Three channels: grey is repeated. */
  COLOUR
}
