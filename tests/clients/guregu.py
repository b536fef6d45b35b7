# SPDX-License-Identifier: Apache-2.0
"""The tests that guregu/dynamo, a Go library over the SDK, has for itself, run as they are against the server.

    guregu.py PROGRAM ENDPOINT

PROGRAM is the library's compiled tests, in the folder of its sources (tools/clients). They make their own tables.
"""

import os
import re
import subprocess
import sys

RESULT = re.compile(r"^--- (PASS|FAIL|SKIP): (\S+)", re.MULTILINE)
TIMEOUT_SECONDS = 300


def main():
    program, endpoint = sys.argv[1:]
    environment = {**os.environ, "DYNAMO_TEST_ENDPOINT": endpoint, "DYNAMO_TEST_REGION": "us-east-1",
                   "AWS_ACCESS_KEY_ID": "AKIASTATORTESTKEY001", "AWS_SECRET_ACCESS_KEY": "a-secret/of+forty/characters0123456789ab",
                   "AWS_REGION": "us-east-1"}
    ended = subprocess.run([program, "-test.v", f"-test.timeout={TIMEOUT_SECONDS}s"], cwd=os.path.dirname(program),
                           env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    results = RESULT.findall(ended.stdout)
    failed = [name for result, name in results if result != "PASS"]
    if ended.returncode != 0:
        print(ended.stdout)
        failed = failed or ["the program itself"]
    for name in failed:
        print(f"FAIL {name}")
    print(f"{sum(result == 'PASS' for result, _ in results)} passed, {len(failed)} failed")
    sys.exit(1 if failed or not results else 0)


if __name__ == "__main__":
    main()
