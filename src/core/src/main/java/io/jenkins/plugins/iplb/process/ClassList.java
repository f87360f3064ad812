package io.jenkins.plugins.iplb.process;

import java.io.IOException;
import java.io.InputStream;

/** Prints the list of the classes that a process loads, which the build has put into the jar that is started. */
final class ClassList {
    private ClassList() {}

    public static void main(String[] none) throws IOException {
        try (InputStream list = ClassLoader.getSystemResourceAsStream("classes.txt")) {
            list.transferTo(System.out);
        }
    }
}
