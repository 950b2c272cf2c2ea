#include "foreign/listserv/notebook.h"

#include <utility>

#include "base/text.h"
#include "foreign/source/line_file.h"

namespace majlis::foreign {
namespace {

constexpr std::size_t kMinRule = 70;

bool is_rule(std::string_view line) {
  const std::string_view text = trim(line);
  return text.size() >= kMinRule && text.find_first_not_of('=') == std::string_view::npos;
}

// A header field: a rule without one below it is text.
bool is_field(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && colon > 0 &&
         line.substr(0, colon).find_first_of(" \t") == std::string_view::npos;
}

class Notebook : public PostReader {
 public:
  explicit Notebook(LineFile file) : file_(std::move(file)) {}

  Result<std::optional<OldPost>> next() override {
    for (;;) {
      OldPost post;
      const bool is_post = !first_line_.empty();
      if (is_post) add_line(post, std::exchange(first_line_, ""));
      Result<bool> more = read_post(post);
      if (!more) return more.error();
      while (post.message.ends_with("\n\n")) post.message.pop_back();
      if (is_post) return std::optional<OldPost>(std::move(post));
      if (!*more) return std::optional<OldPost>();
    }
  }

 private:
  // Up to the next rule with a field below it, which is kept. False: the file is at its end.
  Result<bool> read_post(OldPost& post) {
    for (;;) {
      Result<std::optional<std::string_view>> line = file_.next();
      if (!line) return line.error();
      if (!*line) return false;
      if (is_rule(**line)) {
        const std::string rule(**line);
        Result<std::optional<std::string_view>> below = file_.next();
        if (!below) return below.error();
        if (!*below) return false;
        if (is_field(**below)) {
          first_line_ = **below;
          return true;
        }
        add_line(post, rule);
        add_line(post, **below);
      } else {
        add_line(post, **line);
      }
    }
  }

  LineFile file_;
  std::string first_line_;
};

}  // namespace

Result<std::unique_ptr<PostReader>> open_notebook(const std::string& path) {
  Result<LineFile> file = LineFile::open(path);
  if (!file) return file.error();
  return std::unique_ptr<PostReader>(std::make_unique<Notebook>(std::move(*file)));
}

}  // namespace majlis::foreign
