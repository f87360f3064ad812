/**
 * What parameters take: one check for each kind of value, which every face and every change uses. A number and a flag may
 * be given as text, a list as one text ({@link io.jenkins.plugins.iplb.parameter.ListOf}).
 */
package io.jenkins.plugins.iplb.parameter;
