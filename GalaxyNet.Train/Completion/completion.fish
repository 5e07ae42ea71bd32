# What fish offers after Tab for PROGRAM, which itself says what may follow what has been typed.
function __FUNCTION_complete
    set -l typed (string replace --regex '^\S+ ?' '' -- "$(commandline --current-process --cut-at-cursor)")
    set -l offered (PROGRAM "[suggest:"(string length -- "$typed")"]" "$typed" 2>/dev/null)
    if test -n "$offered"
        string join \n -- $offered
    else
        __fish_complete_path (commandline --current-token)
    end
end
complete --command PROGRAM --no-files --arguments '(__FUNCTION_complete)'
