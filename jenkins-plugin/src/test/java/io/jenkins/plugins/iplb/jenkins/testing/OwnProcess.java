package io.jenkins.plugins.iplb.jenkins.testing;

import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller in a process of its own, which can be killed; its Java is one that starts quickly. */
public final class OwnProcess {
    private OwnProcess() {}

    public static RealJenkinsExtension controller() {
        return new RealJenkinsExtension()
                .javaOptions("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmn128m", "-XX:+UseTransparentHugePages");
    }
}
