/**
 * Images in class folders and archives, IDX files and CIFAR files.
 *
 * <p>Comes in: a {@link io.tandem.data.DataSource} of images. Goes out: {@link
 * io.tandem.data.image.ImageSplit}, three parts of bytes. Must not know: TensorFlow, tables, texts,
 * search spaces, configuration files.
 */
@NullMarked
package io.tandem.data.image;

import org.jspecify.annotations.NullMarked;
