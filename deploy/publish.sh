#!/bin/sh
# Puts a bundle made by `make bundle` on a server, atomically, and takes it back.
#
# POSIX sh with coreutils, findutils, tar, gzip, sed and grep: no Python, no network.
#
#   ROOT/current    -> versions/000012-2026-11-23-5e16a4601d24    what nginx serves: current/site
#   ROOT/styles/    styles of versions no longer served, which open pages may still ask for
#   ROOT/versions/NUMBER-DATE-DIGEST/       site/, SHA256SUMS (of site/), before (what it replaced)
#   ROOT/.work/     what is being unpacked or deleted; never served
#   ROOT/.lock      -> host:process:start of the command that is running
#
# A version appears under versions/ by one rename, whole and on the disk, and `current` changes by
# one rename. So whatever moment the power fails at, the site is the old one or the new one; the
# next command throws away what is left in .work.

set -eu
umask 022
LC_ALL=C
export LC_ALL
# Settings of the caller that would change what tools print or read.
unset TAR_OPTIONS GZIP POSIXLY_CORRECT CDPATH GREP_OPTIONS 2>/dev/null || :

program=$0
root=${DISCLOSURE_ROOT:-/srv/disclosure}
keep=${DISCLOSURE_KEEP:-5}
locked=
told=

usage() {
    cat <<END
用法 / usage: $program [--root DIR] [--keep N] COMMAND

  publish BUNDLE [SHA256]   核对打包文件，切换到它里面的网站；给了 SHA-256 就先核对它
                            verify a bundle and switch to its site; compares the SHA-256 if given
  rollback [VERSION]        退回上一个版本，或换成指定的版本
                            go back to what was served before, or to the version named
  list                      列出留着的版本 / list the versions that are kept
  verify [VERSION]          核对正在使用的（或指定的）版本有没有被改动
                            check that the version served (or named) was not altered
  prune                     删掉多余的旧版本 / delete surplus old versions

  --root DIR   网站所在的文件夹，默认 $root / where the site lives
  --keep N     留多少个版本，默认 $keep / how many versions to keep

退出码 / exit code: 0 做好了 / done   1 没有做，网站没有变 / refused, the site is as it was
                    2 用法不对 / wrong usage
END
}

say() { # CHINESE ENGLISH
    printf '%s\n%s\n' "==> $1" "    $2"
}

stop() { # CHINESE ENGLISH: what was refused; the site stays
    printf '%s\n%s\n' "错误：$1" "Error: $2" >&2
    told=yes
    exit 1
}

wrong_usage() { # CHINESE ENGLISH
    printf '%s\n%s\n\n' "错误：$1" "Error: $2" >&2
    usage >&2
    told=yes
    exit 2
}

is_number() {
    case $1 in '' | *[!0-9]*) return 1 ;; esac
}

# --- one command at a time ----------------------------------------------------------------------

started() { # PID: when the process started, in ticks since the system did; fails when it is gone
    # The name of the process stands in brackets and may hold anything.
    sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20 | grep .
}

is_alive() { # HOST:PID:START
    host=${1%%:*}
    rest=${1#*:}
    # Of another machine's processes, on a shared disk, this one knows nothing.
    [ "$host" = "$(uname -n)" ] || return 0
    is_number "${rest%%:*}" || return 1
    [ "$(started "${rest%%:*}" || :)" = "${rest#*:}" ]
}

# A link is made with its target in one step. The lock of a process that is gone is taken over by
# whoever makes the link named after it first, so two can never take it over at once.
acquire() { # NAME OF THE LINK
    if ln -s "$me" "$1" 2>/dev/null; then return 0; fi
    holder=$(readlink "$1") || return 1
    if is_alive "$holder"; then return 1; fi
    set -- "$1" "$1.$(printf '%s' "$holder" | tr -c 'A-Za-z0-9' _)" "$holder"
    acquire "$2" || return 1
    if [ "$(readlink "$1")" != "$3" ]; then
        rm -f "$2"
        return 1
    fi
    mv -fT "$2" "$1"
}

lock() {
    [ -d "$root" ] || mkdir -p "$root" 2>/dev/null || stop \
        "建不了文件夹 $root。请由管理员建好，并把它交给现在的用户" \
        "the folder $root cannot be made. Let the administrator make it and give it to this user"
    if [ ! -w "$root" ] || [ ! -x "$root" ]; then
        stop "没有权限写 $root" "no permission to write $root"
    fi
    me="$(uname -n):$$:$(started $$ || :)"
    if ! acquire "$root/.lock"; then
        holder=$(readlink "$root/.lock" || :)
        stop "另一个命令正在进行（$holder）。请等它做完；确认没有时删去 $root/.lock" \
            "another command is running ($holder). Wait for it; if you are sure there is none, delete $root/.lock"
    fi
    locked=yes
    if [ -e "$root/current" ] && [ ! -L "$root/current" ]; then
        stop "$root/current 应当是本命令建的链接，现在是别的东西。请移走它" \
            "$root/current should be a link made by this command and is something else. Move it away"
    fi
    # What a command that was killed has left behind.
    rm -rf "$root/.work"
    find "$root" -maxdepth 1 -name '.lock.*' -exec rm -f {} +
    mkdir "$root/.work"
    [ -d "$root/versions" ] || mkdir "$root/versions"
}

unlock() {
    code=$?
    trap - EXIT
    if [ "$code" -ne 0 ] && [ -z "$told" ]; then
        served=$(current)
        printf '%s\n%s\n' "错误：没有做完，原因见上面几行（磁盘满了、没有权限，或被中断）。正在使用的是 ${served:-（无）}" \
            "Error: not finished, see the lines above (disk full, no permission, or interrupted). Being served: ${served:-nothing}" >&2
    fi
    if [ -n "$locked" ]; then
        rm -rf "$root/.work" || :
        rm -f "$root/.lock"
    fi
    exit "$code"
}

on_disk() { # until what was written would survive a power failure
    sync -f "$root" 2>/dev/null || sync
}

# --- versions -----------------------------------------------------------------------------------

current() { # the name of the version that is served, or nothing
    found=$(readlink "$root/current" 2>/dev/null) || return 0
    printf '%s\n' "${found##*/}"
}

versions() { # every version, the oldest first
    find "$root/versions" -mindepth 1 -maxdepth 1 -type d -name '[0-9]*-*' \
        -exec basename {} \; 2>/dev/null | sort
}

newest() {
    versions | tail -n 1
}

number_after() { # VERSION: the number of the next one, in six digits
    number=${1%%-*}
    # A leading zero would make it octal.
    while [ "${number#0}" != "$number" ]; do number=${number#0}; done
    printf '%06d\n' $((${number:-0} + 1))
}

before() { # VERSION: what it replaced, if that is still there
    [ -f "$root/versions/$1/before" ] || return 0
    found=$(cat "$root/versions/$1/before")
    if [ -n "$found" ] && [ -d "$root/versions/$found" ]; then printf '%s\n' "$found"; fi
}

named() { # TEXT: the one version that is meant: its whole name, its number, or a part of it
    if [ -d "$root/versions/$1" ] && [ "${1#*/}" = "$1" ] && [ "${1#.}" = "$1" ]; then
        printf '%s\n' "$1"
        return 0
    fi
    if is_number "$1" && [ "${#1}" -le 6 ]; then
        found=$(versions | grep -E -e "^0*$1-" || :)
    else
        found=$(versions | grep -F -e "$1" || :)
    fi
    case $found in
        '') stop "没有版本 $1，请看 $program list" "there is no version $1, see $program list" ;;
        *'
'*)
            found=$(printf '%s' "$found" | tr '\n' ' ')
            stop "$1 指的不止一个版本：$found" "$1 means more than one version: $found"
            ;;
    esac
    printf '%s\n' "$found"
}

# Names of these files change with what is in them, so files of all versions lie side by side.
styles_in() { # FOLDER OF A SITE, OR OF ROOT/styles: their names
    [ -d "$1/assets/stylesheets" ] || return 0
    find "$1/assets/stylesheets" -maxdepth 1 -type f -name '*.min.css' -exec basename {} \;
}

keep_styles() { # VERSION: pages of it that are open when it is exchanged still ask for them
    mkdir -p "$root/styles/assets/stylesheets"
    styles_in "$root/versions/$1/site" | while read -r name; do
        kept=$root/styles/assets/stylesheets/$name
        if [ -f "$kept" ]; then continue; fi
        cp "$root/versions/$1/site/assets/stylesheets/$name" "$root/.work/style"
        mv -fT "$root/.work/style" "$kept"
    done
}

switch_to() { # VERSION
    replaced=$(current)
    if [ -n "$replaced" ] && [ -d "$root/versions/$replaced" ]; then keep_styles "$replaced"; fi
    ln -s "versions/$1" "$root/.work/current"
    on_disk
    # One rename, so the link is never missing.
    mv -fT "$root/.work/current" "$root/current"
    on_disk
}

# A manifest is as sha256sum prints it. Every name lies in the folder and stands there once.
check_manifest() { # FILE
    [ -s "$1" ] || stop "$1 是空的" "$1 is empty"
    if grep -E -v -q '^\\?[0-9a-f]{64}  [^/]' "$1"; then
        stop "$1 里有读不懂的行" "$1 has lines that mean nothing"
    fi
    if sed 's/^\\//; s/^.\{66\}//' "$1" | grep -E -q '(^|/)(\.|\.\.|)(/|$)'; then
        stop "$1 里有文件夹之外的名称" "$1 names places outside the folder"
    fi
    if [ -n "$(sed 's/^\\//; s/^.\{66\}//' "$1" | sort | uniq -d)" ]; then
        stop "$1 里有重复的名称" "$1 names a file twice"
    fi
}

# The folder holds the files of the manifest, unaltered, and nothing else.
check_files() { # FOLDER MANIFEST FILES-MORE
    check_manifest "$2"
    (cd "$1" && sha256sum --check --strict --quiet "$2") >&2 || stop \
        "文件与清单不符，见上面几行" "files differ from the manifest, see the lines above"
    strange=$(find "$1" ! -type f ! -type d | head -n 5)
    [ -z "$strange" ] || stop "有链接或特殊文件：$strange" "there are links or special files"
    listed=$(wc -l <"$2")
    there=$(find "$1" -type f -exec printf '%.0sx' {} + | wc -c)
    if [ "$there" -ne $((listed + $3)) ]; then
        stop "有清单之外的文件：清单 $listed 个，实有 $((there - $3)) 个" \
            "there are files beyond the manifest: $listed listed, $((there - $3)) found"
    fi
}

digest_of() { # FILE
    sha256sum <"$1" | cut -c 1-64
}

check_version() { # VERSION: as it was published
    folder=$root/versions/$1
    if [ ! -d "$folder/site" ] || [ ! -f "$folder/SHA256SUMS" ]; then
        stop "版本 $1 不完整" "version $1 is not whole"
    fi
    digest=$(digest_of "$folder/SHA256SUMS")
    case $digest in
        "${1##*-}"*) ;;
        *) stop "版本 $1 的清单被改动过" "the manifest of version $1 was altered" ;;
    esac
    check_files "$folder/site" "$folder/SHA256SUMS" 0
}

# --- commands -----------------------------------------------------------------------------------

check_names() { # BUNDLE: one folder at the top, plain files and folders in it; prints its name
    gzip -t "$1" 2>/dev/null || stop \
        "$1 不完整，或者不是打包文件。请重新复制" \
        "$1 is incomplete or no bundle. Copy it again"
    if ! tar -tzf "$1" >"$root/.work/names" || ! tar -tvzf "$1" >"$root/.work/kinds"; then
        stop "$1 读不出来。请重新复制" "$1 cannot be read. Copy it again"
    fi
    if grep -E -q '(^/|(^|/)\.\.(/|$))' "$root/.work/names"; then
        stop "$1 里有文件夹之外的名称，不予使用" "$1 names places outside its folder; refused"
    fi
    if grep -E -q '^[^-d]' "$root/.work/kinds"; then
        stop "$1 里有链接或特殊文件，不予使用" "$1 holds links or special files; refused"
    fi
    top=$(sed 's,/.*,,' "$root/.work/names" | sort -u)
    case $top in
        '' | .* | -* | *[!A-Za-z0-9._-]*) stop \
            "$1 不是本项目的打包文件" "$1 is no bundle of this project" ;;
    esac
}

check_room() { # BUNDLE
    bytes=$(gzip -dc "$1" | wc -c)
    files=$(wc -l <"$root/.work/names")
    # A file takes whole blocks of the disk, half a block more than its size on average.
    needed=$((bytes / 1024 + files * 4 + 1024))
    free=$(df -Pk "$root" | sed -n '$p' | tr -s ' ' | cut -d ' ' -f 4)
    if is_number "$free" && [ "$free" -lt "$needed" ]; then
        stop "磁盘不够：需要约 $((needed / 1024 + 1)) MB，$root 只剩 $((free / 1024)) MB。网站没有变" \
            "not enough disk: about $((needed / 1024 + 1)) MB needed, $((free / 1024)) MB left. The site is as it was"
    fi
}

unpack() { # BUNDLE: into .work, verified
    mkdir "$root/.work/bundle"
    tar -xzf "$1" -C "$root/.work/bundle" -o || stop \
        "解不开 $1（磁盘满了？）。网站没有变" \
        "$1 cannot be unpacked (is the disk full?). The site is as it was"
    whole=$root/.work/bundle/$top
    if [ ! -f "$whole/SHA256SUMS" ] || [ ! -f "$whole/site/index.html" ]; then
        stop "$1 不是本项目的打包文件" "$1 is no bundle of this project"
    fi
    # The manifest cannot list itself.
    check_files "$whole" "$whole/SHA256SUMS" 1
}

# The time of every file tells browsers which version they have: nginx makes the ETag of a file
# from its time and size, and a figure can change without changing a size. So each version has a
# time of its own, later than that of the one before.
stamp() { # FOLDER VERSION-BEFORE
    now=$(date +%s)
    if [ -n "$2" ] && [ -f "$root/versions/$2/SHA256SUMS" ]; then
        then=$(stat -c %Y "$root/versions/$2/SHA256SUMS")
        if [ "$now" -le "$then" ]; then now=$((then + 1)); fi
    fi
    find "$1" -exec touch -d "@$now" {} +
}

publish() { # BUNDLE [SHA256]
    bundle=$1
    if [ ! -f "$bundle" ] || [ ! -r "$bundle" ]; then
        stop "没有文件 $bundle，或者读不了" "there is no file $bundle, or it cannot be read"
    fi
    lock
    # Some systems print the digest in capitals.
    expected=$(printf '%s' "${2:-}" | tr A-F a-f)
    if [ -n "$expected" ] && [ "$(digest_of "$bundle")" != "$expected" ]; then
        stop "$bundle 的 SHA-256 与给出的不同，不予使用" \
            "the SHA-256 of $bundle is not the one given; refused"
    fi
    check_names "$bundle"
    check_room "$bundle"
    say "解包、核对 $bundle" "Unpacking and verifying $bundle"
    unpack "$bundle"

    made=$root/.work/version
    mkdir "$made"
    mv "$whole/site" "$made/site"
    # The same lines in the same order: its SHA-256 is the digest that the build printed.
    sed -n -E 's,^(\\?[0-9a-f]{64}  )site/,\1,p' "$whole/SHA256SUMS" >"$made/SHA256SUMS"
    digest=$(digest_of "$made/SHA256SUMS")
    short=$(printf '%s' "$digest" | cut -c 1-12)
    served=$(current)
    last=$(newest)
    if [ -n "$served" ] && [ "${served##*-}" = "$short" ]; then
        # As it was published; a version that was tampered with is put right.
        if (check_version "$served") 2>/dev/null; then
            say "正在使用的就是这个网站（$served），没有变" \
                "this very site is being served ($served); nothing changed"
            return 0
        fi
    fi
    printf '%s\n' "$served" >"$made/before"
    chmod -R u=rwX,go=rX "$made"
    stamp "$made" "$last"
    day=$(sed -n 's/^date: \([0-9]\{4\}-[0-9][0-9]-[0-9][0-9]\)$/\1/p' "$whole/BUNDLE" 2>/dev/null | head -n 1)
    version=$(number_after "${last:-0}")-${day:-$(date -u +%Y-%m-%d)}-$short
    on_disk
    mv -T "$made" "$root/versions/$version"
    switch_to "$version"
    say "网站已换成 $version" "the site is now $version"
    say "摘要 sha256:$digest" "digest sha256:$digest"
    # The new site is there, whatever becomes of the old ones.
    (prune) || say "旧版本没有删干净，请再运行 $program prune" \
        "old versions are left, run $program prune again"
}

rollback() { # [VERSION]
    lock
    served=$(current)
    [ -n "$served" ] || stop "还没有发布过网站" "no site has been published yet"
    if [ -n "${1:-}" ]; then
        version=$(named "$1") || { told=yes && exit 1; }
    else
        version=$(before "$served")
        [ -n "$version" ] || stop "没有留着更早的版本，请看 $program list" \
            "no earlier version is kept, see $program list"
    fi
    if [ "$version" = "$served" ]; then
        say "正在使用的就是 $version" "$version is what is being served"
        return 0
    fi
    check_version "$version"
    switch_to "$version"
    say "网站已退回 $version（刚才是 $served）" "the site is $version again (it was $served)"
}

list() {
    served=$(current)
    replaced=$(before "${served:-none}")
    if [ -z "$(newest)" ]; then
        say "还没有发布过网站" "no site has been published yet"
        return 0
    fi
    versions | while read -r version; do
        note=
        if [ "$version" = "$replaced" ]; then note='  上一个 / the one before'; fi
        if [ "$version" = "$served" ]; then note='  正在使用 / being served'; fi
        printf '%s%s\n' "$version" "$note"
    done
}

verify() { # [VERSION]
    if [ -n "${1:-}" ]; then
        version=$(named "$1") || { told=yes && exit 1; }
    else
        version=$(current)
        [ -n "$version" ] || stop "还没有发布过网站" "no site has been published yet"
    fi
    check_version "$version"
    say "$version 与发布时相同（sha256:$digest）" "$version is as it was published"
}

prune() {
    served=$(current)
    kept="$served
$(before "${served:-none}")
$(versions | tail -n "$keep")"
    versions | while read -r version; do
        if printf '%s\n' "$kept" | grep -F -x -q -e "$version"; then continue; fi
        mv -T "$root/versions/$version" "$root/.work/$version" || return 1
        rm -rf "$root/.work/${version:?}" || return 1
        say "删去旧版本 $version" "deleted the old version $version"
    done
    styles_in "$root/styles" | while read -r name; do
        for version in "$root/versions"/*/; do
            if [ -f "${version}site/assets/stylesheets/$name" ]; then continue 2; fi
        done
        rm -f "$root/styles/assets/stylesheets/$name" || return 1
    done
}

# ------------------------------------------------------------------------------------------------

while [ $# -gt 0 ]; do
    case $1 in
        --root | --keep)
            [ $# -gt 1 ] || wrong_usage "$1 后面缺少内容" "$1 lacks its value"
            if [ "$1" = --root ]; then root=$2; else keep=$2; fi
            shift 2
            ;;
        -h | --help)
            usage
            exit 0
            ;;
        -*) wrong_usage "没有选项 $1" "there is no option $1" ;;
        *) break ;;
    esac
done
if ! is_number "$keep" || [ "$keep" -lt 1 ]; then
    wrong_usage "--keep 应当是 1 以上的整数" "--keep has to be a whole number from 1"
fi
case $root in /*) ;; *) root=$PWD/$root ;; esac
[ $# -gt 0 ] || wrong_usage "没有写命令" "no command was given"
command=$1
shift

trap unlock EXIT
trap 'exit 1' HUP INT TERM
case $command:$# in
    publish:[12] | rollback:[01] | verify:[01]) "$command" "$@" ;;
    list:0) list ;;
    prune:0)
        lock
        prune
        ;;
    publish:* | rollback:* | list:* | verify:* | prune:*)
        wrong_usage "$command 后面的内容不对" "wrong arguments after $command"
        ;;
    *) wrong_usage "没有命令 $command" "there is no command $command" ;;
esac
