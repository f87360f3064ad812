package io.jenkins.plugins.iplb.sandbox.world;

import java.util.List;

/**
 * An {@code orderFreeCertificate} task. What it gets is live at once: nobody has to refresh for it.
 *
 * @param names what the certificate is to be for
 * @param settled its end has been carried out
 */
public record CertificateOrder(long id, List<String> names, List<String> zones, Timeline timeline, boolean settled)
        implements ServiceTask {
    public static final String ACTION = "orderFreeCertificate";

    @Override
    public String action() {
        return ACTION;
    }

    CertificateOrder asSettled() {
        return new CertificateOrder(id, names, zones, timeline, true);
    }

    CertificateOrder on(Timeline other) {
        return new CertificateOrder(id, names, zones, other, settled);
    }
}
