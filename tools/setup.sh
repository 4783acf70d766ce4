#!/bin/sh
# Set-up for the commands in Makefile: does what is missing, and says in one line what it cannot do.
# Usage: sh tools/setup.sh run|lint|test|audit|image
set -eu
cd "$(dirname "$0")/.."

venv=.venv
busy=$venv/.busy

say() { printf '%s\n' "$*" >&2; }
stop() {
    say "$*"
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        command -v sudo >/dev/null 2>&1 && sudo -n "$@"
    fi
}

apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    {
        as_root apt-get update -qq
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"
    } >/dev/null 2>&1 </dev/null
}

# The first Python that is new enough; PYTHON=/path/to/python3 overrides.
find_python() {
    for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then return 0; fi
    done
    return 1
}

can_make_venv() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }

is_whole() {
    [ ! -e "$busy" ] && "$venv/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
        { [ -z "${PYTHON:-}" ] || [ "$(version_of "$PYTHON")" = "$(version_of "$venv/bin/python")" ]; }
}

version_of() { "$1" -c 'import sys; print(*sys.version_info[:2])' 2>/dev/null; }

# Whether another set-up is under way; one that was killed does not count, nor does another program with its number.
is_busy() { [ -e "$busy" ] && ps -p "$(cat "$busy")" -o args= 2>/dev/null | grep -q 'setup[.]sh'; }

# A virtual environment that works; one that is half made, too old, of another version than PYTHON asks for or moved
# away from its Python is made anew.
make_venv() {
    if is_busy; then
        stop "Er loopt al een installatie (proces $(cat "$busy")): wacht tot die klaar is, of verwijder $venv."
    fi
    if is_whole; then return 0; fi
    find_python || { apt_install python3-venv && find_python; } ||
        stop "Python 3.11 of nieuwer niet gevonden: installeer het (Debian/Ubuntu: apt-get install python3-venv; macOS: brew install python) en probeer het opnieuw."
    can_make_venv || { apt_install "$(basename "$python")-venv" && can_make_venv; } ||
        stop "De module venv van $python ontbreekt: installeer die (Debian/Ubuntu: apt-get install $(basename "$python")-venv) en probeer het opnieuw."
    rm -rf "$venv"
    mkdir "$venv"
    echo $$ >"$busy"
    "$python" -m venv "$venv"
}

# Install requirements files, unless these very files were installed before.
install() {
    new=
    for file; do
        cmp -s "$file" "$venv/$file" || new=1
    done
    if [ -n "$new" ]; then
        say "Python-pakketten installeren ..."
        echo $$ >"$busy"
        set -- "$@" --
        while [ "$1" != -- ]; do
            set -- "$@" -r "$1"
            shift
        done
        shift
        "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-compile "$@" || {
            rm -f "$busy"
            stop "De Python-pakketten zijn niet geïnstalleerd (zie hierboven): controleer het netwerk en probeer het opnieuw."
        }
        while [ $# -gt 0 ]; do
            cp "$2" "$venv/$2"
            shift 2
        done
    fi
    rm -f "$busy"
}

# The small plotly.js bundle; without it the app serves the full one of the Python package.
front_end() {
    bundle=node_modules/plotly.js-basic-dist-min/plotly-basic.min.js
    if [ -s "$bundle" ] && cmp -s package-lock.json node_modules/.installed-lock.json; then return 0; fi
    if ! command -v npm >/dev/null 2>&1; then
        say "npm niet gevonden: de volledige plotly.js van het Python-pakket wordt gebruikt"
    elif npm ci --silent --fetch-retries=1 --fetch-retry-mintimeout=1000 >/dev/null 2>&1 </dev/null; then
        cp package-lock.json node_modules/.installed-lock.json
    else
        rm -rf node_modules
        say "npm ci is mislukt: de volledige plotly.js van het Python-pakket wordt gebruikt"
    fi
}

# The browser of the tests. The functions do not bear the name of a command: `command -v` would find the function.
has_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }

install_chromium() {
    if has_chromium; then return 0; fi
    say "Chromium installeren ..."
    { apt_install chromium && has_chromium; } ||
        say "Chromium niet gevonden en niet te installeren: de browsertests kunnen niet draaien"
}

# The spreadsheet of the long checks.
install_libreoffice() {
    if command -v soffice >/dev/null 2>&1; then return 0; fi
    say "LibreOffice installeren ..."
    { apt_install --no-install-recommends libreoffice-calc-nogui && command -v soffice >/dev/null 2>&1; } ||
        say "LibreOffice niet gevonden en niet te installeren: de controles van XLSX en CSV kunnen niet draaien"
}

# The web server of the long checks; one that this installs is not left running.
install_nginx() {
    if command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ]; then return 0; fi
    say "nginx installeren ..."
    if apt_install --no-install-recommends nginx openssl && [ -x /usr/sbin/nginx ]; then
        command -v systemctl >/dev/null 2>&1 && as_root systemctl disable --now nginx >/dev/null 2>&1 || :
    else
        say "nginx niet gevonden en niet te installeren: de controles achter een proxy kunnen niet draaien"
    fi
}

# What a browser gets, as small as can be; without it the first visitors wait for that.
compress() {
    "$venv/bin/python" -m tools.compress >/dev/null 2>&1 ||
        say "De bestanden voor de browser zijn niet vooraf verkleind: dat gebeurt bij het eerste bezoek"
}

# Lighthouse and the HTML checker of the long checks.
LIGHTHOUSE=13.5.0
VNU=26.9.27

install_checkers() {
    command -v java >/dev/null 2>&1 || apt_install --no-install-recommends default-jre-headless ||
        say "Java niet gevonden en niet te installeren: de controle van de HTML kan niet draaien"
    if [ -e .audit/$LIGHTHOUSE-$VNU ]; then return 0; fi
    say "Lighthouse en de HTML-controle installeren ..."
    { command -v npm >/dev/null 2>&1 && mkdir -p .audit &&
        npm install --silent --no-save --prefix .audit "lighthouse@$LIGHTHOUSE" "vnu-jar@$VNU" >/dev/null 2>&1 &&
        : >.audit/$LIGHTHOUSE-$VNU; } ||
        say "Lighthouse en de HTML-controle zijn niet te installeren: die controles kunnen niet draaien"
}

case "${1:-}" in
run)
    make_venv
    install requirements.txt
    front_end
    compress
    ;;
lint)
    make_venv
    install requirements.txt requirements-test.txt
    ;;
test)
    make_venv
    install requirements.txt requirements-test.txt
    front_end
    install_chromium
    ;;
audit)
    make_venv
    install requirements.txt requirements-test.txt
    front_end
    install_chromium
    install_libreoffice
    install_checkers
    install_nginx
    ;;
image)
    make_venv
    [ "$(id -u)" -eq 0 ] || stop "Alleen root kan een schone omgeving maken: sudo make image"
    [ -x /usr/sbin/debootstrap ] || apt_install debootstrap ||
        stop "debootstrap niet gevonden en niet te installeren (Debian/Ubuntu: apt-get install debootstrap)"
    ;;
*) stop "Usage: sh tools/setup.sh run|lint|test|audit|image" ;;
esac
