/** What the forms of all faces offer and check: credentials, load balancers, and what is on them now. */
package io.jenkins.plugins.iplb.jenkins.form;
