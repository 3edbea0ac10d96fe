@echo off
rem Checks the data; the window stays open. What it says is in Chinese and English.
setlocal
cd /d "%~dp0"
set "PYTHON=py -3"
%PYTHON% --version >nul 2>nul || set "PYTHON=python"
%PYTHON% --version >nul 2>nul || goto nopython
%PYTHON% tools\bootstrap.py site || goto stop
.venv\Scripts\python -m disclosure.cli check --lang both
:stop
pause
exit /b
:nopython
rem The text is UTF-8; this file is ASCII, which every code page reads alike.
chcp 65001 >nul
type tools\no-python.txt
pause
