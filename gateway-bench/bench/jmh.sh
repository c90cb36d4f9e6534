#!/usr/bin/env bash
# Builds the micro benchmarks and runs them: gateway-bench/bench/jmh.sh [JMH's own options, e.g. RequestReader -prof gc]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

java_25() {
    local java
    for java in "${TOLLGATE_JAVA_HOME:-}/bin/java" "${JAVA_HOME:-}/bin/java" "$(command -v java || true)" \
        /usr/lib/jvm/*/bin/java; do
        if [ -x "$java" ] && "$java" -version 2>&1 | grep -qE 'version "(2[5-9]|[3-9][0-9])'; then
            echo "$java"
            return
        fi
    done
    echo "jmh.sh: no JDK 25 or newer in TOLLGATE_JAVA_HOME, JAVA_HOME, PATH or /usr/lib/jvm" >&2
    return 1
}

java=$(java_25)
(cd "$root" && mvn -q -B -Pbench -pl gateway-bench -am -DskipTests package)
exec "$java" -cp "$root/gateway-bench/target/*:$root/gateway-bench/target/lib/*" org.openjdk.jmh.Main \
    -jvmArgsAppend "-XX:+UseSerialGC -Xmx512m --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" "$@"
