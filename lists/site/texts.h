#pragma once

#include <string>
#include <string_view>

#include "lists/site/site.h"
#include "lists/site/text/fill_in.h"

namespace majlis::lists {

struct RenderedText {
  std::string subject;
  std::string body;  // LF line ends
};

// Every word we send to people comes from a text file: lists/site/text/LANGUAGE/NAME.txt, built in, which an
// administrator overrides with SITE/texts/LANGUAGE/NAME.txt. "Subject: ..." on the first line, an empty line, the body;
// ${word} is replaced in one pass, so that what is put in is never read again.
RenderedText render_text(const Site& site, std::string_view language, std::string_view name, const TextValues& values);

// The site's own text; empty when there is none, or none that can be used.
std::string overriding_text(const Site& site, std::string_view language, std::string_view name);

}  // namespace majlis::lists
