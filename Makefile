# SPDX-License-Identifier: Apache-2.0
build/build.ninja:
	meson setup build
all: build/build.ninja
	ninja -C build
.PHONY: all
.DEFAULT_GOAL := all
