package io.jenkins.plugins.iplb.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Attributes as the schemas of terraform-provider-ovh 2 have them: numbers that nobody gave are 0, texts are empty. */
class TerraformStateTest {
    private static final String SERVICE = "loadbalancer-shop";

    private static final String RESOURCES = """
            {"type": "ovh_iploadbalancing_http_farm", "name": "app", "values": {"id": "11", "service_name": "%1$s",
              "display_name": "app", "zone": "all", "port": 8080, "balance": "leastconn", "stickiness": "",
              "vrack_network_id": 0,
              "probe": [{"type": "http", "url": "/health", "port": 0, "interval": 30, "force_ssl": false, "match": ""}]}},
            {"type": "ovh_iploadbalancing_http_farm_server", "name": "one", "values": {"id": "12", "service_name": "%1$s",
              "farm_id": 11, "address": "192.0.2.10", "port": 0, "status": "active", "weight": 1, "backup": true,
              "display_name": "", "cookie": "sid", "proxy_protocol_version": "v2"}},
            {"type": "ovh_iploadbalancing_http_frontend", "name": "site", "values": {"id": "13", "service_name": "%1$s",
              "display_name": "site", "zone": "all", "port": "80,443", "default_farm_id": 11, "default_ssl_id": 0,
              "allowed_source": ["192.0.2.0/24"], "http_header": [], "redirect_location": "", "ssl": false}},
            {"type": "ovh_iploadbalancing_http_route", "name": "old", "values": {"id": "14", "service_name": "%1$s",
              "display_name": "", "frontend_id": 13, "weight": 3,
              "action": [{"type": "redirect", "target": "https://${host}/new", "status": 301}],
              "rules": [{"field": "uri", "match": "startswith", "pattern": "/old", "negate": false, "sub_field": "", "rule_id": 15},
                        {"field": "host", "match": "is", "pattern": "by.hand", "negate": true, "sub_field": "", "rule_id": 16}]}},
            {"type": "ovh_iploadbalancing_http_route_rule", "name": "old", "values": {"id": "15", "service_name": "%1$s",
              "route_id": "14", "field": "uri", "match": "startswith", "pattern": "/old", "negate": false, "sub_field": "",
              "display_name": ""}},
            {"type": "ovh_iploadbalancing_ssl", "name": "site", "address": "module.shop.ovh_iploadbalancing_ssl.site",
              "values": {"id": "17", "service_name": "%1$s", "key": "sandboxsecret-terraform"}},
            {"type": "ovh_iploadbalancing_refresh", "name": "go", "values": {"id": "18", "service_name": "%1$s"}},
            {"type": "ovh_domain_zone_record", "name": "www", "values": {"id": "19"}}
            """.formatted(SERVICE);

    private static final String FILE = """
            loadBalancer: loadbalancer-shop
            http:
              farms:
                app:
                  zone: all
                  port: 8080
                  balance: leastconn
                  probe:
                    type: http
                    url: /health
                  servers:
                    192.0.2.10:
                      status: active
                      backup: true
                      proxyProtocolVersion: v2
                      cookie: sid
              frontends:
                site:
                  port: 80,443
                  zone: all
                  farm: app
                  allowedSource:
                    - 192.0.2.0/24
                  routes:
                    - redirect: https://${host}/new
                      status: 301
                      weight: 3
                      rules:
                        - uri startswith /old
                        - host not is by.hand
            """;

    @Test
    void whatTerraformShowsIsTheChangeFileOfTheSame() {
        String file = TerraformState.changeFile(
                "shop.json",
                "{\"format_version\": \"1.0\", \"values\": {\"root_module\": {\"child_modules\": [{\"resources\": [%s]}]}}}"
                        .formatted(RESOURCES));

        assertThat(file)
                .isEqualTo("# module.shop.ovh_iploadbalancing_ssl.site is not in this file: it says nothing of"
                        + " ovh_iploadbalancing_ssl\n" + FILE);
        assertThat(ChangeFile.read("shop.yaml", file, name -> Optional.empty())
                        .loadBalancers()
                        .get(0)
                        .wishes())
                .hasSize(4);
    }

    @Test
    void aStateFileIsToo() {
        String state = RESOURCES
                .replaceAll("\"values\": (\\{.*)", "\"mode\": \"managed\", \"instances\": [{\"attributes\": $1")
                .replaceAll("(?m)\\}\\},?$", "}}]},")
                .strip();
        state = "{\"version\": 4, \"resources\": [%s]}".formatted(state.replaceAll(",$", ""));

        assertThat(TerraformState.changeFile("terraform.tfstate", state)).endsWith(FILE);
    }

    @Test
    void anythingElseIsRefusedWithTheCommandThatMakesIt() {
        assertThatThrownBy(() -> TerraformState.changeFile("main.tf", "resource \"x\" \"y\" {}"))
                .hasMessageContaining("'main.tf' was given; allowed: what 'terraform show -json' prints");
        assertThatThrownBy(() -> TerraformState.changeFile("plan.json", "{\"version\": 3}"))
                .hasMessageContaining("or a state file of version 4");
        assertThatThrownBy(() -> TerraformState.changeFile("s.json", "{\"version\": 4, \"resources\": []}"))
                .hasMessageContaining("this one has none");
    }
}
