# SPDX-License-Identifier: Apache-2.0
#
# The everyday commands. `make run` and `make test` need nothing but git and make on a fresh Debian 12: tools/setup
# installs what is missing (as root, or with sudo) and says so, one line a step.
#
#   make                 build/stator, optimised            make test        every test, about ten minutes
#   make run PORT= DATA= serve on 127.0.0.1                 make test-long   the same, with the long fault runs
#   make test-clients    every client library of tests/clients, all languages
#   make test-local      every conformance case against DynamoDB Local too; needs Java and Maven
#   make asan | tsan     unit and engine tests under a sanitizer
#   make coverage        which lines the tests reach        make bench       measure the server
#   make fuzz            mutate the parsers for a while     make gen         regenerate src/model/gen_*
#   make load            crowds, slow clients, overload: what others notice
#   make bench-peers     Stator beside DynamoDB Local, dynalite, Dynoxide and moto, a quarter of an hour
#   make fmt | tidy      format, analyse                    make release     link a RocksDB built without asserts
#   make deb             a Debian package with its service and manual pages, in build/

PORT ?= 8000
DATA ?= data
JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 60

# gcc warns of things that are not there when it instruments code, so only the plain build makes warnings errors.
SANITIZED = -Dbuildtype=debugoptimized -Db_ndebug=false -Db_lundef=false -Dc_args=-Wno-error
ASAN = $(SANITIZED) -Db_sanitize=address,undefined
TSAN = $(SANITIZED) -Db_sanitize=thread

.DEFAULT_GOAL := all
.PHONY: deb load all run test test-long test-clients test-local asan tsan build-asan build-tsan fuzz bench bench-peers fmt tidy gen coverage release setup clean

all: setup
	@tools/build build

setup:
	@tools/setup build

run: all
	@exec build/stator serve --listen 127.0.0.1:$(PORT) --data $(DATA)

# The driver builds, installs the test clients and runs the suites, side by side where that is safe.
test:
	@tools/setup build test
	@python3 tests/run.py

# All client libraries, those included that take longer to install or to compile than `make test` may take.
test-clients:
	@tools/setup build test clients
	@python3 tests/run.py --clients

test-long:
	@tools/setup build test
	@python3 tests/run.py --long

# A second voice: where DynamoDB Local answers otherwise, tests/local/verdicts.txt must say who is right.
test-local: all
	@tools/setup local
	@python3 tests/local/run.py

build-asan:
	@tools/build build/asan $(ASAN)

build-tsan:
	@tools/build build/tsan $(TSAN)

asan: setup build-asan
	@python3 tests/lib/programs.py build/asan

tsan: setup build-tsan
	@python3 tests/lib/programs.py build/tsan

fuzz: setup
	@tools/fuzz --seconds $(FUZZ_SECONDS)

bench: all
	@tools/bench

# What crowds, slow clients, overload and hot keys do to others: ratios of phases of one run, about half an hour.
load: all
	@python3 tests/load/run.py --build build

# Each peer is fetched from its registry into build/peers; what this machine cannot have is told and left out.
bench-peers: all
	@tools/setup peers
	@python3 tests/peers/run.py --document docs/performance.md --charts docs/charts

# A Debian package of the program that `make` builds, in build/.
deb: all
	@tools/deb

coverage:
	@tools/setup build test
	@tools/coverage

release: setup
	@tools/release

fmt:
	@tools/setup lint
	@git ls-files 'src/*.c' 'src/*.h' 'src/*.cc' 'tests/*.c' 'tests/*.h' | grep -v '/gen_' | xargs -r clang-format -i

tidy: all
	@tools/setup lint
	@git ls-files 'src/*.c' | grep -v '/gen_' | xargs -r -n 4 -P $(JOBS) clang-tidy -p build --quiet

gen:
	@python3 tools/gen_model.py

clean:
	rm -rf build
