#!/usr/bin/env bash
# Java moves an archive of classes at each start, away from the address that it was made for.
#
# Expected: an archive of classes is mapped into memory as it is and where it was made for: that is why a start from one is quick,
# however large it is.
# Seen: Java 17 of Debian 12, as 25, has ArchiveRelocationMode at 1 by default: each start maps the archive elsewhere and
# rewrites every pointer in it. Of an archive of 40 MB that is some 70 to 100 ms of the processor's time, a third of a short
# command's start; 0 leaves it where it was made for, and takes an option that is diagnostic.
# So: a command that starts often says -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0. What it gives up is that the
# metadata of classes lies at another address each time.
. "$(dirname "$(readlink -f "$0")")/common.sh"

debian openjdk-17-jre-headless
java=$(echo "$work"/root/usr/lib/jvm/java-17-openjdk-*/bin/java)
# Debian keeps the configuration of Java outside of its folder, by absolute links.
find "$work"/root/usr/lib/jvm -xtype l -lname '/etc/java-17-openjdk/*' | while read -r link; do
  ln -sfn "$work/root$(readlink "$link")" "$link"
done

"$java" -Xshare:dump -XX:SharedArchiveFile=archive.jsa >/dev/null 2>&1

mapped() { # options
  "$java" "$@" -XX:SharedArchiveFile=archive.jsa -Xlog:cds -version 2>/dev/null |
    grep -o 'Mapped static *region #0 at base 0x[0-9a-f]*' | grep -q '0x0000000800000000$' &&
    echo 'where it was made for' || echo elsewhere
}

expect "$("$java" -version 2>&1 | grep -o 'openjdk version "17')
$(mapped)
$(mapped)
$(mapped -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0)" <<'EOF'
openjdk version "17
elsewhere
elsewhere
where it was made for
EOF
