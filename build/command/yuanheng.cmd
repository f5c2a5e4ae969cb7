@echo off
rem The yuanheng command of the installed program: it opens no window.
"%~dp0..\Yuanheng.exe" --log-level=3 --command %*
exit /b %ERRORLEVEL%
