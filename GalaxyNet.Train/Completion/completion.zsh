#compdef PROGRAM
# What zsh offers after Tab for PROGRAM, which itself says what may follow what has been typed.
_FUNCTION()
{
    local typed="${(j: :)words[2,CURRENT-1]}"
    (( CURRENT > 2 )) && typed+=" "
    typed+=$PREFIX
    local -a offered=("${(@f)$("${words[1]}" "[suggest:${#typed}]" "$typed" 2>/dev/null)}")
    if [[ -n $offered[1] ]]; then
        compadd -- $offered
    else
        _files
    fi
}
compdef _FUNCTION PROGRAM
