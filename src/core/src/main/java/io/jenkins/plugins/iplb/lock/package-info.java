/**
 * Turns that those take who share nothing but a PostgreSQL database, whatever controller or machine they run on. Start at
 * {@link io.jenkins.plugins.iplb.lock.SharedLocks}.
 */
package io.jenkins.plugins.iplb.lock;
