# The front door. `make help` lists the targets; the build itself is CMake's (CMakePresets.json).
SHELL := /bin/bash
.DEFAULT_GOAL := build
.PHONY: build deps demo test asan clang fuzz power lint format layers bench install clean help

JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
POWER_STATES ?= 200
# Honoured at the first configuration of a build folder; CMake's own default is used where ninja is absent.
NINJA = $(if $(shell command -v ninja),CMAKE_GENERATOR=Ninja)

# $(call configure,PRESET[,MORE])
configure = $(NINJA) cmake --preset $(1) $(2) --log-level=WARNING
# $(call compile,PRESET,TARGET)
compile = cmake --build build/$(1) --parallel $(JOBS) --target $(2)
# $(call tests,PRESET): its last line is "N passed, N failed[, N skipped]"
tests = python3 tools/ctest_summary.py --test-dir build/$(1) --output-on-failure --parallel $(JOBS) $(CTEST_ARGUMENTS)

build:  ## release binaries in build/release/bin (default)
	@command -v cmake >/dev/null || { echo "cmake is missing: make deps"; exit 1; }
	$(call configure,release)
	$(call compile,release,programs)

deps:  ## install the Debian packages that are missing
	@tools/deps.sh

demo: deps  ## a list in a scratch folder: subscribe, confirm, post, moderate, deliver
	@$(MAKE) --no-print-directory build
	@tests/demo/demo.sh build/release/bin

test: deps  ## build everything, run every test; last line "N passed, N failed"
	$(call configure,release)
	$(call compile,release,all)
	@$(call tests,release)

asan: deps  ## the same under the address and undefined behaviour sanitizers
	$(call configure,asan)
	$(call compile,asan,all)
	@$(call tests,asan)

clang: deps  ## release build and tests by clang
	$(call configure,clang)
	$(call compile,clang,all)
	@$(call tests,clang)

fuzz: deps  ## run every fuzz target for FUZZ_SECONDS (60)
	$(call configure,fuzz)
	$(call compile,fuzz,fuzz_targets)
	@tests/fuzz/run.sh build/fuzz/bin $(FUZZ_SECONDS)

power: deps  ## power cuts at length: POWER_STATES (200) disks a scenario and model
	$(call configure,release)
	$(call compile,release,all)
	@python3 tests/crash/power_cut.py build/release/bin --states $(POWER_STATES)

lint: deps  ## layers, clang-format, clang-tidy, man pages, scripts; LINT_SINCE='12 hours ago': clang-tidy over what changed
	$(call configure,release)
	@tools/lint.sh build/release "$(LINT_SINCE)"

format:  ## let clang-format decide the looks
	find base tongues mail foreign auth net search store spool lists commands bin tests \( -name '*.cc' -o -name '*.h' \) -print0 \
	  | xargs -0 clang-format -i

layers:  ## includes only go down the stairs; PICTURE=1 prints the rooms
	@python3 tools/layers.py $(if $(PICTURE),--picture)

bench:  ## microbenchmarks, and whole processes beside mlmmj
	@tools/deps.sh && tools/deps.sh bench
	$(call configure,release,-DMAJLIS_BENCH=ON)
	$(call compile,release,all)
	@if [ -x build/release/bin/micro_bench ]; then build/release/bin/micro_bench --benchmark_min_time=0.2; fi
	@python3 tests/bench/compare.py build/release/bin
	@python3 tests/bench/asking.py build/release/bin
	@python3 tests/bench/locking.py build/release/bin
	@python3 tests/bench/importing.py build/release/bin
	@python3 tests/bench/content.py build/release/bin
	@build/release/bin/search_time

install:  ## programs, man pages, documents below $(DESTDIR)$(PREFIX)
	$(call configure,release,-DCMAKE_INSTALL_PREFIX=$(PREFIX))
	$(call compile,release,programs)
	DESTDIR="$(DESTDIR)" cmake --install build/release

clean:  ## remove build/
	rm -rf build

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
