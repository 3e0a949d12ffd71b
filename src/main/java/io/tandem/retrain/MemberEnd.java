package io.tandem.retrain;

import io.tandem.report.EarlyEnd;
import java.util.Optional;

/**
 * The end of the training of one network of an ensemble.
 *
 * @param steps that it was trained for
 * @param early said if it was before its planned length
 */
public record MemberEnd(long steps, Optional<EarlyEnd> early) {}
