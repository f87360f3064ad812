/** Benchmarks: what they measure they print; they assert nothing, since a busy machine is no defect. */
package io.jenkins.plugins.iplb.bench;
