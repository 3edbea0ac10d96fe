@echo off
rem Shows the site in the browser; a saved change shows at once. Ctrl+C ends it.
setlocal
cd /d "%~dp0"
set "PYTHON=py -3"
%PYTHON% --version >nul 2>nul || set "PYTHON=python"
%PYTHON% --version >nul 2>nul || goto nopython
%PYTHON% tools\bootstrap.py site || goto stop
set NO_MKDOCS_2_WARNING=1
.venv\Scripts\python -m mkdocs serve --livereload --open
:stop
pause
exit /b
:nopython
rem The text is UTF-8; this file is ASCII, which every code page reads alike.
chcp 65001 >nul
type tools\no-python.txt
pause
