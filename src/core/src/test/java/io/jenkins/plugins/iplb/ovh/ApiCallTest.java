package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiCallTest {
    @Test
    void isShownAsAPersonWritesIt() {
        assertThat(ApiCall.post(Fields.none(), "ip", "203.0.113.7/32", "move"))
                .hasToString("POST /ip/203.0.113.7%2F32/move");
        assertThat(ApiCall.get("a", 12L)).hasToString("GET /a/12");
    }

    @Test
    void isAWriteUnlessItIsAGet() {
        assertThat(OvhServer.GET.isWrite()).isFalse();
        assertThat(OvhServer.POST.isWrite()).isTrue();
        assertThat(OvhServer.PUT.isWrite()).isTrue();
        assertThat(OvhServer.DELETE.isWrite()).isTrue();
    }
}
