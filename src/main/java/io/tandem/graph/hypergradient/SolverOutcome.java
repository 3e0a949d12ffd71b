package io.tandem.graph.hypergradient;

import io.tandem.graph.hypergradient.SolverReport.Breakdown;

/**
 * How the linear system of an implicit estimator was solved.
 *
 * @param products with the Hessian that were computed
 * @param residual norm of what the solution leaves over, relative to that of the right side
 * @param breakdown what {@code breakdowns} counts
 * @param breakdowns how often the Hessian was found not to be what the solver assumes
 */
public record SolverOutcome(int products, double residual, Breakdown breakdown, int breakdowns) {}
