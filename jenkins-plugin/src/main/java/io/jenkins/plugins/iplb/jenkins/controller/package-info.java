/** The core on a Jenkins controller: what all steps, builders, gates and pages of it share. */
package io.jenkins.plugins.iplb.jenkins.controller;
