#include "lists/site/texts.h"

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "lists/site/text/built_in_texts.h"
#include "lists/site/text/letter_lines.h"
#include "lists/site/text_table.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kSubject = "Subject: ";

std::string text_for(const Site& site, std::string_view language, std::string_view name) {
  std::string own = overriding_text(site, language, name);
  const TextRow* row = own.empty() ? nullptr : find_text(name);
  if (row != nullptr && has_what_it_needs(*row, own)) return own;
  if (row != nullptr) {
    log(Severity::warning, LogLine("text").with("name", name).with("why", "it lacks the words that an answer needs"));
  }
  const std::string_view built_in = built_in_text(language, name);
  return std::string(built_in.empty() ? built_in_text("en", name) : built_in);
}

}  // namespace

std::string overriding_text(const Site& site, std::string_view language, std::string_view name) {
  const std::string path = site.directory() + "/texts/" + std::string(language) + "/" + std::string(name) + ".txt";
  Result<std::string> text = read_file(path, kMaxOwnTextOctets);
  return text ? std::move(*text) : std::string();
}

RenderedText render_text(const Site& site, std::string_view language, std::string_view name, const TextValues& values) {
  const std::string text = text_for(site, language, name);
  std::string_view rest = text;
  RenderedText rendered;
  if (rest.starts_with(kSubject)) {
    rendered.subject = fill_in(next_line(rest)->substr(kSubject.size()), values);
    while (rest.starts_with("\n")) rest.remove_prefix(1);
  }
  rendered.body = fill_in_letter(rest, values);
  return rendered;
}

}  // namespace majlis::lists
