# What bash offers after Tab for PROGRAM, which itself says what may follow what has been typed.
_FUNCTION()
{
    local typed=${COMP_LINE:0:COMP_POINT} word
    typed=${typed#"${COMP_WORDS[0]}"}
    typed=${typed# }
    COMPREPLY=()
    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done < <("${COMP_WORDS[0]}" "[suggest:${#typed}]" "$typed" 2>/dev/null)
}
complete -o default -F _FUNCTION PROGRAM
