/** Tests of charts. */
package io.tandem.report.chart;
