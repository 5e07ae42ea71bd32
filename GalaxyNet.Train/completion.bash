# Completion for bash: source this file. The program itself says what may follow what has been typed.
_galaxynet()
{
    local typed=${COMP_LINE:0:COMP_POINT}
    typed=${typed#"${COMP_WORDS[0]}"}
    typed=${typed# }
    mapfile -t COMPREPLY < <(galaxynet "[suggest:${#typed}]" "$typed" 2>/dev/null)
}
complete -o default -F _galaxynet galaxynet
