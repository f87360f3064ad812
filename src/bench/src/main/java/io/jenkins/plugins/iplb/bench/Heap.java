package io.jenkins.plugins.iplb.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is alive on this JVM's heap after a collection, by class: what {@code jcmd <pid> GC.class_histogram} prints.
 * Unlike the heap that is in use, this counts no garbage of whoever is at work meanwhile.
 */
record Heap(Map<String, Long> bytes) {

    static Heap live() {
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return parse(histogram);
        } catch (JMException e) {
            throw new IllegalStateException("This JVM tells nothing about its heap", e);
        }
    }

    /** Lines such as {@code  1:  3321  172632  [B (java.base@17)}. */
    private static Heap parse(String histogram) {
        Map<String, Long> bytes = new HashMap<>();
        histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[0].matches("\\d+:"))
                .forEach(columns -> bytes.merge(columns[3], Long.valueOf(columns[2]), Long::sum));
        return new Heap(bytes);
    }

    /** What {@link #line} said in another process. */
    static Heap of(String line) {
        return new Heap(Arrays.stream(line.split(" "))
                .map(figure -> figure.split("="))
                .collect(Collectors.toMap(figure -> figure[0], figure -> Long.valueOf(figure[1]))));
    }

    String line() {
        return bytes.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }

    long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What is alive now and was not then. */
    Heap since(Heap earlier) {
        Map<String, Long> grown = new HashMap<>();
        bytes.forEach((type, now) -> grown.put(type, now - earlier.bytes.getOrDefault(type, 0L)));
        return new Heap(grown);
    }

    /** The classes that take most of it, with what there is of them for each of so many owners. */
    String largest(int classes, int owners) {
        return bytes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(classes)
                .map(each -> "%8d  %s".formatted(each.getValue() / owners, each.getKey()))
                .collect(Collectors.joining("\n"));
    }
}
