package io.jenkins.plugins.iplb.ansible.spec;

/** Ansible writes names like_this, the core likeThis. */
public final class Names {
    private Names() {}

    public static String camelCased(String snakeCased) {
        StringBuilder name = new StringBuilder();
        for (String word : snakeCased.split("_")) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    public static String snakeCased(String camelCased) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < camelCased.length(); i++) {
            char letter = camelCased.charAt(i);
            name.append(Character.isUpperCase(letter) ? "_" : "");
            name.append(Character.toLowerCase(letter));
        }
        return name.toString();
    }
}
