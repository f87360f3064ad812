/**
 * The change record: a JSON document that says what was wanted, what was sent, and what became of it.
 *
 * <p>An entry is a value, {@link io.jenkins.plugins.iplb.record.RecordedEntry}: each event makes another one of it, which
 * is written as a whole through a {@link io.jenkins.plugins.iplb.record.Journal}. It is on disk when that returns, so a
 * crash leaves an entry whose last call is of unknown fate, and never nothing. Reading goes through {@link
 * io.jenkins.plugins.iplb.record.RecordReader}. The format is described by {@code iplb-changes-1.schema.json} beside
 * these classes.
 *
 * <p>This package knows plain values and JSON; it does not know OVH.
 */
package io.jenkins.plugins.iplb.record;
