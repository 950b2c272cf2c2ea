# Makes the texts under lists/site/text/LANGUAGE/NAME.txt part of the programs, and the sentences of those that
# hold sentences (lists/site/sentences.h) sorted tables (lists/site/text/built_in_texts.h).
# cmake -DSOURCE=<lists/site/text> -DOUTPUT=<file.cc> -P built_in_texts.cmake
file(GLOB_RECURSE texts RELATIVE ${SOURCE} ${SOURCE}/*.txt)
list(SORT texts)
set(rows "")
set(keys "")

# "\nID = WORDS", lines that go on included. What CMake's lists would take apart is masked meanwhile.
string(ASCII 1 semicolon)
string(ASCII 2 open)
string(ASCII 3 close)
function(mask variable)
  string(REPLACE ";" "${semicolon}" text "${${variable}}")
  string(REPLACE "[" "${open}" text "${text}")
  string(REPLACE "]" "${close}" text "${text}")
  set(${variable} "${text}" PARENT_SCOPE)
endfunction()
function(unmask variable)
  string(REPLACE "${semicolon}" ";" text "${${variable}}")
  string(REPLACE "${open}" "[" text "${text}")
  string(REPLACE "${close}" "]" text "${text}")
  set(${variable} "${text}" PARENT_SCOPE)
endfunction()

foreach(text ${texts})
  get_filename_component(language ${text} DIRECTORY)
  get_filename_component(name ${text} NAME_WE)
  file(READ ${SOURCE}/${text} content)
  string(APPEND rows "    BuiltInText{\"${language}\", \"${name}\", R\"~~(${content})~~\"},\n")
  if(NOT name MATCHES "^(config_faults|reasons|replies)$")
    continue()
  endif()
  set(content "\n${content}")
  mask(content)
  string(REGEX MATCHALL "\n[a-z_.]+ = [^\n]*(\n  [^\n]*)*" sentences "${content}")
  foreach(sentence IN LISTS sentences)
    string(REGEX MATCH "^\n([a-z_.]+) = " head "${sentence}")
    set(id ${CMAKE_MATCH_1})
    string(LENGTH "${head}" length)
    string(SUBSTRING "${sentence}" ${length} -1 words)
    string(REPLACE "\n  " "\n" words "${words}")
    unmask(words)
    list(APPEND keys "${language} ${name} ${id}")
    set("words_${language} ${name} ${id}" "${words}")
  endforeach()
endforeach()

list(SORT keys)
set(groups "")
foreach(key IN LISTS keys)
  string(REGEX MATCH "^([^ ]+) ([^ ]+) (.+)$" matched "${key}")
  set(group "${CMAKE_MATCH_1}\", \"${CMAKE_MATCH_2}")
  set(id "${CMAKE_MATCH_3}")
  list(FIND groups "${group}" found)
  if(found EQUAL -1)
    list(APPEND groups "${group}")
    set(at 0)
  endif()
  set(words "${words_${key}}")
  string(LENGTH "${id}" id_octets)
  string(LENGTH "${words}" words_octets)
  string(APPEND "octets_${group}" "\n    R\"~~(${id})~~\" R\"~~(${words})~~\"")
  string(APPEND "places_${group}" "    {${at}, ${id_octets}, ${words_octets}},\n")
  math(EXPR at "${at} + ${id_octets} + ${words_octets}")
endforeach()
set(tables "")
set(sentences "")
set(number 0)
foreach(group IN LISTS groups)
  string(APPEND tables "constexpr std::string_view kOctets${number} =${octets_${group}};
constexpr auto kPlaces${number} = std::to_array<BuiltInSentences::Place>({
${places_${group}}});

")
  string(APPEND sentences "    BuiltInSentences{\"${group}\", kOctets${number}, kPlaces${number}},\n")
  math(EXPR number "${number} + 1")
endforeach()

file(WRITE ${OUTPUT} "#include \"lists/site/text/built_in_texts.h\"

#include <array>

namespace majlis::lists {
namespace {

constexpr auto kTexts = std::to_array<BuiltInText>({
${rows}});

${tables}constexpr auto kSentences = std::to_array<BuiltInSentences>({
${sentences}});

}  // namespace

std::span<const BuiltInText> built_in_texts() { return kTexts; }

std::span<const BuiltInSentences> built_in_sentences() { return kSentences; }

}  // namespace majlis::lists
")
