# What bash offers after Tab for PROGRAM, which itself says what may follow what has been typed.
_FUNCTION()
{
    local typed=${COMP_LINE:0:COMP_POINT} word
    typed=${typed#"${COMP_WORDS[0]}"}
    typed=${typed# }
    # Bash takes what follows a colon for a word of its own, and would put all that is offered there.
    local current=${typed##* } colon=
    [[ $COMP_WORDBREAKS == *:* && $current == *:* ]] && colon=${current%:*}:
    COMPREPLY=()
    while IFS= read -r word; do
        COMPREPLY+=("${word#"$colon"}")
    done < <("${COMP_WORDS[0]}" "[suggest:${#typed}]" "$typed" 2>/dev/null)
}
complete -o default -F _FUNCTION PROGRAM
