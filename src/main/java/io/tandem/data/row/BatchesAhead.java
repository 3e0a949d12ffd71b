package io.tandem.data.row;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Batches of rows, of which those after the first are read ahead on a thread of their own: while
 * some rows are looked at, the next ones are decoded and divided into cells. A table of one batch
 * has no thread. Rows come in their order, and what goes wrong comes after the rows before it.
 */
final class BatchesAhead implements Closeable {
  /** Batches that are read ahead at most. */
  private static final int AHEAD = 3;

  /** Milliseconds for the thread to end; one that waits for a pipe does not. */
  private static final long PATIENCE = 1000;

  private final RowFiller filler;
  private final CsvReader<RowFiller> reader;
  private final CloseableIterator<RowFiller> rows;
  private final BlockingQueue<Read> ready = new LinkedBlockingQueue<>();
  private final BlockingQueue<RowBatch> empty = new LinkedBlockingQueue<>();
  private Optional<Thread> thread = Optional.empty();
  private boolean begun;
  private boolean ended;

  /**
   * What was read.
   *
   * @param batch with rows; empty at the end
   * @param failure why the end has come; empty if nothing is wrong
   */
  private record Read(Optional<RowBatch> batch, Optional<Throwable> failure) {}

  /**
   * Nothing is read yet.
   *
   * @param filler which the reader gives rows to
   * @param reader of the table
   */
  BatchesAhead(RowFiller filler, CsvReader<RowFiller> reader) {
    this.filler = filler;
    this.reader = reader;
    this.rows = reader.iterator();
  }

  /**
   * The next batch.
   *
   * @param done the one before it, which nobody looks at any more
   * @return one without rows at the end
   * @throws de.siegmar.fastcsv.reader.CsvParseException if the text is none of rows
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  RowBatch next(RowBatch done) {
    done.clear();
    if (ended) {
      return done;
    }
    if (begun) {
      empty.add(done);
    } else {
      begun = true;
      if (fill(done)) {
        start();
      }
    }
    Read read = take();
    ended = read.batch().isEmpty();
    read.failure().ifPresent(BatchesAhead::fail);
    return read.batch().orElse(done);
  }

  private void start() {
    for (int count = 0; count < AHEAD; count++) {
      empty.add(new RowBatch());
    }
    Thread started = new Thread(this::fillAll, "rows ahead");
    started.setDaemon(true);
    started.start();
    thread = Optional.of(started);
  }

  private void fillAll() {
    try {
      boolean more = true;
      while (more) {
        more = fill(empty.take());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads a batch; false at the end, or if something is wrong. */
  private boolean fill(RowBatch batch) {
    boolean more = false;
    Optional<Throwable> failure = Optional.empty();
    try {
      more = filler.fill(batch, rows);
    } catch (RuntimeException | Error wrong) {
      failure = Optional.of(wrong);
    }
    if (batch.rows() > 0) {
      ready.add(new Read(Optional.of(batch), Optional.empty()));
    }
    if (!more) {
      ready.add(new Read(Optional.empty(), failure));
    }
    return more;
  }

  private Read take() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return ready.take();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void fail(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  @Override
  public void close() throws IOException {
    if (thread.isPresent()) {
      thread.get().interrupt();
      try {
        thread.get().join(PATIENCE);
      } catch (InterruptedException later) {
        Thread.currentThread().interrupt();
      }
      if (thread.get().isAlive()) {
        return;
      }
    }
    reader.close();
  }
}
