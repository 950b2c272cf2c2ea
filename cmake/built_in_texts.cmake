# Makes the texts under lists/site/text/LANGUAGE/NAME.txt part of the programs.
# cmake -DSOURCE=<lists/site/text> -DOUTPUT=<file.cc> -P built_in_texts.cmake
file(GLOB_RECURSE texts RELATIVE ${SOURCE} ${SOURCE}/*.txt)
list(SORT texts)
set(rows "")
foreach(text ${texts})
  get_filename_component(language ${text} DIRECTORY)
  get_filename_component(name ${text} NAME_WE)
  file(READ ${SOURCE}/${text} content)
  string(APPEND rows "    BuiltInText{\"${language}\", \"${name}\", R\"~~(${content})~~\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"lists/site/built_in_texts.h\"

#include <array>

namespace majlis::lists {
namespace {

constexpr auto kTexts = std::to_array<BuiltInText>({
${rows}});

}  // namespace

std::span<const BuiltInText> built_in_texts() { return kTexts; }

}  // namespace majlis::lists
")
