# What the scripts that start virtmem from a checkout share. To be sourced; $root is the checkout.

readonly wanted_jdk=25

# Is folder $1 a JDK (not a mere runtime), new enough?
is_wanted_jdk() {
  local line
  [[ -x $1/bin/javac && -r $1/release ]] || return 1
  while read -r line; do
    if [[ $line =~ ^JAVA_VERSION=\"([0-9]+) ]]; then
      ((BASH_REMATCH[1] >= wanted_jdk))
      return
    fi
  done <"$1/release"
  return 1
}

# Sets jdk to the folder of the JDK to use; fails if none is installed.
find_jdk() {
  local java
  for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_wanted_jdk "$jdk"; then
      return 0
    fi
  done
  # The java on the path is often a link into its JDK.
  java=$(command -v java) && java=$(readlink -f "$java") && jdk=${java%/bin/java} &&
    is_wanted_jdk "$jdk"
}

# As find_jdk, but ends the script with a line that says what to install.
need_jdk() {
  if ! find_jdk; then
    echo "virtmem needs JDK $wanted_jdk or newer: apt install openjdk-$wanted_jdk-jdk, or get it" \
      "from https://adoptium.net; or point JAVA_HOME to it." >&2
    exit 1
  fi
}

# Is there no build of module $1, or a source newer than the last one, by script or by Maven?
is_stale() {
  local target=$root/$1/target
  local last=$target/app.jar
  [[ -f $last && -d $target/lib ]] || return 0
  if [[ $target/built -nt $last ]]; then
    last=$target/built
  fi
  [[ -n $(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main "$root"/*/pty/src/main -newer "$last" -print -quit) ]]
}

# Builds module $1 and what it depends on.
build() {
  local target=$root/$1/target
  local log=$target/build.log
  if [[ -f $target/app.jar ]]; then
    echo "building virtmem (sources changed) ..." >&2
  else
    echo "building virtmem (first use) ..." >&2
  fi
  touch "$target/built.new"
  if ! (cd "$root" && JAVA_HOME=$jdk ./mvnw -q -B -ntp -pl "$1" -am -Dmaven.test.skip=true package) \
    >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    echo "virtmem: the build failed, see above or in $log" >&2
    exit 1
  fi
  mv "$target/built.new" "$target/built"
}

# Builds module $1 if it is stale, then sets class_path to its jar and all that it needs.
need_module() {
  local target=$root/$1/target library
  if is_stale "$1"; then
    mkdir -p "$target"
    (
      # Two first uses at once: the second waits, then finds the work done.
      if command -v flock >/dev/null; then
        flock 9
      fi
      if is_stale "$1"; then
        build "$1"
      fi
    ) 9>"$target/build.lock"
  fi
  class_path=$target/app.jar
  for library in "$target"/lib/*.jar; do
    class_path+=:$library
  done
}
