# Every command of the project. `make` alone lists them.
# Windows has no make: README.md gives the same commands as `python -m ...`.

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$name && break; done)
ADDRESS ?= 127.0.0.1:8000

ifeq ($(OS),Windows_NT)
RUN := .venv/Scripts/python
else
RUN := .venv/bin/python
endif

# Material announces the end of MkDocs 1 at every build. It is known and planned for.
export NO_MKDOCS_2_WARNING := 1

# The same commit makes the same bytes. Without git the build's own time is used.
ifndef SOURCE_DATE_EPOCH
COMMIT_TIME := $(shell git log -1 --format=%ct 2>/dev/null)
ifneq ($(COMMIT_TIME),)
export SOURCE_DATE_EPOCH := $(COMMIT_TIME)
endif
endif

.DEFAULT_GOAL := help
.PHONY: help serve site shard merge example test lint format wheel bundle lock upgrade bench audit fuzz mutations slow workflows screenshots error-codes data-reference schemas rehearsal clean python for-site for-test

help: ## 列出全部命令 / List the commands
	@printf '%s\n' '用法 / Usage: make COMMAND' ''
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@printf '%s\n' '' '  PYTHON=/path/to/python3.12   选用的 Python / the Python to use' \
		'  ADDRESS=$(ADDRESS)       预览地址 / where serve listens'

serve: for-site ## 预览网站，数据一改就刷新 / Serve the site and reload it when data change
	@# --livereload is written out: click 8.3 takes the wrong default for it.
	$(RUN) -m mkdocs serve --livereload --dev-addr $(ADDRESS)

example: for-site ## 生成虚构的示例站 / Build the fictitious example into examples/district/site/
	cd examples/district && ../../$(RUN) -m mkdocs build --strict
	@echo '==> examples/district/site/'

# The plugin builds aside and exchanges the folders: a build that fails leaves site/ as it was.
site: for-site ## 把网站生成到 site/ / Build the site into site/
	$(RUN) -m mkdocs build --strict
	@echo '==> 网站在 site/ 中 / The site is in site/'

shard: for-site ## 几台机器分着做：生成其中一份，SHARD=2/5 / Build one of several shards
	@test -n "$(SHARD)" || { printf '%s\n' \
		'错误：是第几份，共几份？例如 make shard SHARD=2/5' \
		'Error: which shard, of how many? For example: make shard SHARD=2/5' >&2; exit 1; }
	DISCLOSURE_SHARD="$(SHARD)" $(RUN) -m mkdocs build --strict -d "shards/$(subst /,-of-,$(SHARD))"

merge: for-site ## 把 shards/ 里的各份合并到 site/ / Put the shards in shards/ together into site/
	DISCLOSURE_SHARDS=shards $(RUN) -m mkdocs build --strict
	@echo '==> 网站在 site/ 中 / The site is in site/'

test: for-test ## 运行全部检查和测试 / Run every check and test
	@$(RUN) tools/browser.py
	@$(RUN) -m tools.language_server
	@$(RUN) -m tools.node_packages
	@$(MAKE) --no-print-directory lint
	$(RUN) -m pytest --numprocesses auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder

lint: for-test ## 检查代码的写法和类型 / Check style and types of the code
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

format: for-test ## 自动整理代码的写法 / Put the code into the project's format
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

wheel: for-site ## 打包到 dist/ / Build the wheel and the source archive into dist/
	$(RUN) -m hatchling build

bundle: for-site ## 打成一个文件，带到没有互联网的服务器 / Make one archive for a server without internet
	$(RUN) -m tools.bundle $(OPTIONS)

lock: for-test ## 依赖有增减时重写锁文件 / Write the locks after a change of dependencies
	@$(RUN) tools/lock.py

upgrade: for-test ## 把依赖升到允许的最新版 / Move every dependency to its newest allowed version
	@$(RUN) tools/lock.py --upgrade

# OPTIONS='--sizes 240 1200 --parts builds' measures a part of the city; --help lists them.
bench: for-test ## 量检查、建站、刷新、搜索和一整座城，与 Hugo 相比 / Measure all of it, and a whole city beside Hugo
	@$(RUN) tools/browser.py
	@failed=; for part in benchmarks.check benchmarks.site benchmarks.search 'benchmarks $(OPTIONS)'; do \
		echo "==> $$part"; $(RUN) -m $$part || failed=1; done; test -z "$$failed"

audit: for-test ## 量读者得到的一切：重量、无障碍、搜索、打印、三种浏览器 / Measure all that readers are promised
	@$(RUN) tools/browser.py
	$(RUN) -m tests.audit

fuzz: for-test ## 用两万份乱写的文件试读取程序 / Try the reader with 20,000 damaged files
	$(RUN) -m tests.fuzz

mutations: for-test ## 逐位改动金额，看核对能发现多少 / Change every digit of every amount; what is noticed?
	$(RUN) -m tools.mutations

slow: for-test ## 运行较慢的测试 / Run the tests that are too slow for every time
	@$(RUN) tools/browser.py
	$(RUN) -m pytest -m slow --numprocesses auto --maxprocesses 4 --dist loadscope

workflows: for-test ## 演练合并请求和发布的每一步 / Play every step of a pull request and of publishing
	$(RUN) -m pytest -m 'slow or not slow' tests/workflows

screenshots: site for-test ## 重拍说明里的截图 / Take the pictures of the documentation again
	@$(RUN) tools/browser.py
	$(RUN) -m tools.screenshots
	$(RUN) -m tools.guide_pictures

error-codes: for-test ## 重写说明里的错误代码表 / Write the documentation of the error codes again
	$(RUN) -m tools.error_codes

data-reference: for-test ## 重写说明里的数据参考 / Write the documentation of the fields again
	$(RUN) -m tools.data_reference

schemas: for-site ## 重写编辑器用的格式说明 / Write the schemas for editors again
	$(RUN) -m disclosure.cli schema

rehearsal: python ## 在全新环境中从头演练 / Rehearse everything from a fresh clone on a bare system
	@$(PYTHON) tools/rehearsal.py

clean: ## 删除一切可再生成的文件 / Delete everything that can be made again
	rm -rf .venv .cache site shards dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find plugins tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@test -n "$(PYTHON)" || { printf '%s\n' \
		'错误：没有找到 Python。请安装 3.11 或更高版本，例如 Debian：apt install python3 python3-venv' \
		'Error: no Python found. Install 3.11 or newer, on Debian: apt install python3 python3-venv' \
		>&2; exit 1; }

for-site: python
	@$(PYTHON) tools/bootstrap.py site

for-test: python
	@$(PYTHON) tools/bootstrap.py test
