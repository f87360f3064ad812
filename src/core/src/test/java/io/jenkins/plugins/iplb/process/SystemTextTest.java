package io.jenkins.plugins.iplb.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java has read as it reads it by a locale that knows ASCII only, and what the system shows of the same. */
class SystemTextTest {
    private static final String CAFE = "caf\u00e9";
    private static final String CAFE_AS_READ = "caf\uFFFD\uFFFD";

    @TempDir
    private Path process;

    private SystemText ascii;
    private SystemText utf8;

    @BeforeEach
    void prepare() {
        ascii = new SystemText(false, process);
        utf8 = new SystemText(true, process);
    }

    @Test
    void whatJavaReadsWellIsTakenAsItIs() {
        assertThat(ascii.arguments("show", "--name", "cafe")).containsExactly("show", "--name", "cafe");
        assertThat(utf8.arguments("--name", CAFE)).containsExactly("--name", CAFE);
        assertThat(utf8.environment(Map.of("OVH_ENDPOINT", CAFE))).isEqualTo(Map.of("OVH_ENDPOINT", CAFE));
    }

    @Test
    void anArgumentIsReadAsUtf8WhateverTheLocaleSays() throws IOException {
        shows("cmdline", StandardCharsets.UTF_8, "java", "-jar", "iplb.jar", "show", "--name", CAFE);

        assertThat(ascii.arguments("show", "--name", CAFE_AS_READ)).containsExactly("show", "--name", CAFE);
    }

    @Test
    void anArgumentThatIsNotUtf8IsRefusedByTheOptionBeforeItWithItsBytes() throws IOException {
        shows("cmdline", StandardCharsets.ISO_8859_1, "java", "--name", CAFE + "~");

        assertThatThrownBy(() -> ascii.arguments("--name", CAFE_AS_READ + "~"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("--name: 'caf\\xE9~' was given; allowed: text in UTF-8");
    }

    @Test
    void whereNoOptionIsBeforeItItIsToldByItsPlace() throws IOException {
        shows("cmdline", StandardCharsets.ISO_8859_1, "java", "show", CAFE, CAFE);

        assertThatThrownBy(() -> ascii.arguments("show", CAFE_AS_READ, CAFE_AS_READ))
                .hasMessage("argument 2: 'caf\\xE9' was given; allowed: text in UTF-8");
        shows("cmdline", StandardCharsets.ISO_8859_1, "java", CAFE);
        assertThatThrownBy(() -> ascii.arguments(CAFE_AS_READ))
                .hasMessage("argument 1: 'caf\\xE9' was given; allowed: text in UTF-8");
    }

    @Test
    void whereTheSystemShowsNoBytesOnlyWhatJavaCouldNotReadIsRefused() {
        assertThatThrownBy(() -> ascii.arguments("--name", CAFE_AS_READ))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("--name: '" + CAFE_AS_READ + "' was given");
        assertThatThrownBy(() -> utf8.arguments("--name", CAFE, "--zone", "gr\uFFFD"))
                .hasMessageStartingWith("--zone: 'gr\uFFFD' was given");
    }

    @Test
    void argumentsThatTheSystemCountsOtherwiseAreNotTakenForOneAnother() throws IOException {
        shows("cmdline", StandardCharsets.UTF_8, CAFE);

        assertThatThrownBy(() -> ascii.arguments("show", CAFE_AS_READ))
                .hasMessageStartingWith("argument 2: '" + CAFE_AS_READ + "' was given");
    }

    @Test
    void aVariableIsReadAsUtf8WhateverTheLocaleSays() throws IOException {
        shows(
                "environ",
                StandardCharsets.UTF_8,
                "HOME=/home/" + CAFE,
                "LANG=C",
                "EQUATION=a=b",
                "HOME=/another",
                "odd");

        assertThat(ascii.environment(Map.of("HOME", "/home/" + CAFE_AS_READ, "LANG", "C", "EQUATION", "a=b")))
                .isEqualTo(Map.of("HOME", "/home/" + CAFE, "LANG", "C", "EQUATION", "a=b"));
    }

    @Test
    void aVariableThatIsNeededAndNotUtf8IsRefusedWithoutItsValue() throws IOException {
        for (String name : new String[] {"OVH_APPLICATION_SECRET", "HOME", "https_proxy", "NO_PROXY"}) {
            shows("environ", StandardCharsets.ISO_8859_1, name + "=" + CAFE);

            assertThatThrownBy(() -> ascii.environment(Map.of(name, CAFE_AS_READ)))
                    .isInstanceOfSatisfying(
                            IplbException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE))
                    .hasMessage(
                            "The value of the environment variable %s is not UTF-8. Nothing was sent.".formatted(name));
        }
    }

    @Test
    void ofAVariableThatNobodyAsksForItDoesNotMatter() throws IOException {
        shows("environ", StandardCharsets.ISO_8859_1, "MOTTO=" + CAFE, "MY_OVH_KEY=" + CAFE);

        assertThat(ascii.environment(Map.of("MOTTO", CAFE_AS_READ, "MY_OVH_KEY", CAFE_AS_READ)))
                .isEqualTo(Map.of("MOTTO", CAFE_AS_READ, "MY_OVH_KEY", CAFE_AS_READ));
    }

    private void shows(String file, Charset charset, String... texts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            bytes.writeBytes(text.getBytes(charset));
            bytes.write(0);
        }
        Files.write(process.resolve(file), bytes.toByteArray());
    }
}
